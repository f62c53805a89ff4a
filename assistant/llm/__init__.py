"""A language model that words answers: asked over the evidence, checked sentence by sentence, never trusted."""
