"""Everything that auth does: one action, one transaction; what is counted or cached stands around them."""
