"""The border where files enter, are kept and are published."""
