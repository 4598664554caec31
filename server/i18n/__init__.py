"""Arabic and English: the texts of the interface, the language of a request, dates as people write them."""
