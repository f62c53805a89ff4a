"""The page most people meet: a conversation with the review, and the evidence beside it.

``mount_chat`` puts it at ``/chat`` of a FastAPI application. What makes the HTML are pure functions in
modules that know nothing of Gradio: ``evidence``, ``answers``, ``studies``, ``plot``.
"""

from assistant.chat.blocks import mount_chat

__all__ = ["mount_chat"]
