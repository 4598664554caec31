"""What the front and the disposable processes share: messages, frames, isolation, and what a death means."""
