"""How well and how fast scans read themselves: a labelled set, drawn and damaged here, through the real reader."""
