"""Building what the estimators know from the reference data, once, into one file of arrays and JSON."""
