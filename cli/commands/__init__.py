"""The operator's commands that concern the whole platform, a module for each group; services bring their own."""
