"""Building what the estimators know from the reference data and the open data sets."""
