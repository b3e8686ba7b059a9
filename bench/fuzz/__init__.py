"""Every public operation with good, bad and hostile values: no 5xx, no status that is not written down."""
