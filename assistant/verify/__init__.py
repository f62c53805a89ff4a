"""The last look before anything is shown: every figure is one that its citation states."""
