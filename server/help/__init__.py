"""Who made this and how it is used: `/about`, and the documentation of the project as pages."""
