"""Reads tables as people do in a notebook: pandas, straight from addresses."""

import sys
from urllib.parse import urlencode

import pandas

endpoint, query, saved = sys.argv[1:]
address = f"{endpoint}?{urlencode({'query': query, 'format': 'csv'})}"
print(pandas.read_csv(address).to_csv(index=False), end="")
print(pandas.read_csv(saved).shape[0])
