"""A: the equations between the cells of one report (勾稽关系)."""
