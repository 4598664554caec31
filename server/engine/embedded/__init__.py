"""The embedded engine in the front: releases, readers, traffic, writes; it parses no text from outside."""
