"""The dumps: whole releases as files, made when first asked for and kept for the releases asked for last."""
