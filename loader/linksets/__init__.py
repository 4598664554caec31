"""Links to things elsewhere, from mapping tables in the form of SSSOM (`data/links/*.sssom.tsv`)."""
