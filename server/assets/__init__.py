"""What a browser gets of ours: modules in JavaScript, and the command that bundles them."""
