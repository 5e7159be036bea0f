"""The embedded default: database, broker, mail and the product's own processes under one supervisor."""
