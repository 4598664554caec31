"""Why a query gives no rows: which pattern has no match, where the join ends, which term is unknown."""
