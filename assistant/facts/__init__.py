"""The reader of facts: which figure belongs to which measure, time point, group, grade and cycle."""
