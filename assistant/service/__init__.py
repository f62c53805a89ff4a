"""The product as a service: one ``Service`` that page, HTTP API and MCP share, and what serves them.

The page is a package of its own that gives ``mount_chat(app: FastAPI, service: Service) -> None`` and mounts
at ``/chat``. It is called in a background thread, so that importing its libraries delays nothing; ``app`` has
no other routes, carries the CORS policy, and its lifespan is run. Everything outside ``/chat`` is the
service's own. Links out of the page are relative to ``/chat/``, as a proxy may put a prefix before it:
``../a/{id}`` is an answer's permalink, ``../api/…`` the API, ``../docs`` its description.
``/chat/?again={id}`` is the link by which a permalink asks the same turns again.
"""
