"""CodedEvents of all documents -> the record."""
