# Asks an endpoint by R's package SPARQL, and prints the rows.
suppressMessages(library(SPARQL))
given <- commandArgs(trailingOnly = TRUE)
# RCurl reads the charset only where a server writes the names of headers with capitals.
rows <- SPARQL(url = given[1], query = given[2], curl_args = list(.encoding = "UTF-8"))$results
cat(names(rows), "\n")
cat(as.character(unlist(rows)), sep = "\n")
