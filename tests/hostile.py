"""Spellings of paths and addresses that must lead nowhere, and the routes they are tried on."""

from __future__ import annotations

TRAVERSALS = r"""
../../../../etc/passwd ..%2f..%2f..%2f..%2fetc%2fpasswd %2e%2e/%2e%2e/%2e%2e/etc/passwd
%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd ..%252f..%252f..%252fetc%252fpasswd %252e%252e%252fetc%252fpasswd
....//....//....//etc/passwd ....%2f%2f....%2f%2fetc/passwd ..;/..;/..;/etc/passwd ..\..\..\etc\passwd
..%5c..%5c..%5cetc%5cpasswd %5c..%5c..%5cetc/passwd /etc/passwd //etc/passwd ///etc/passwd
%2fetc%2fpasswd %2f%2fetc%2fpasswd file:///etc/passwd file:%2f%2f%2fetc%2fpasswd file=/etc/passwd
file%3d/etc/passwd file=../../../../etc/passwd file=%2fetc%2fpasswd file=///etc/passwd
file=file:///etc/passwd file=./../../../../etc/passwd ..%c0%af..%c0%af..%c0%afetc/passwd
%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd ..%ef%bc%8f..%ef%bc%8fetc/passwd %uff0e%uff0e/etc/passwd
..%00/..%00/etc/passwd etc/passwd%00.html ../../../../etc/passwd%00.json ..%0d%0a/etc/passwd
./././../../../../etc/passwd .%2e/.%2e/.%2e/etc/passwd %2e./%2e./etc/passwd ..//..//..//etc/passwd
/proc/self/environ ../../../../proc/self/environ file=/proc/self/environ ..%2f..%2fproc%2fself%2fcmdline
C:/Windows/win.ini ..%5c..%5cWindows%5cwin.ini pyproject.toml ../pyproject.toml ..%2fpyproject.toml
file=pyproject.toml file=./pyproject.toml ../answers.sqlite3 file=answers.sqlite3 ~/.ssh/id_rsa
..%2f..%2f~root%2f.ssh%2fid_rsa
""".split()
"""Ways out of a folder that is served."""

FOREIGN = r"""
http://169.254.169.254/latest/meta-data/ http://[::ffff:169.254.169.254]/ http://2852039166/
http://0xa9fea9fe/ http://0251.0376.0251.0376/ http://169.254.169.254.nip.io/ //169.254.169.254/
http://metadata.google.internal/ http://127.0.0.1:{port}/ http://localhost:{port}/ http://[::1]:{port}/
http://0:{port}/ http://0.0.0.0:{port}/ http://127.1:{port}/ http://2130706433:{port}/
http://0x7f000001:{port}/ http://017700000001:{port}/ http://127.0.0.1:{port}@evil.example/
http://evil.example@127.0.0.1:{port}/ http:127.0.0.1:{port} http:\\127.0.0.1:{port}\
https://127.0.0.1:{port}/ ftp://127.0.0.1:{port}/ gopher://127.0.0.1:{port}/_x dict://127.0.0.1:{port}/
jar:http://127.0.0.1:{port}!/ http://①②⑦.0.0.1:{port}/ http://127.0.0.1:{port}#@evil.example/
""".split()
"""Addresses a server might be made to fetch; ``{port}`` is where the test listens."""

ROUTES = r"""
/ /a/ /api/ /api/studies/ /api/passages/ /api/answers/ /docs/ /mcp/ /chat/ /chat/assets/ /chat/static/
/chat/svelte/ /chat/custom_component/ /chat/gradio_api/ /chat/gradio_api/file= /chat/gradio_api/file/
/chat/gradio_api/stream/ /chat/gradio_api/upload_progress/ /chat/gradio_api/proxy= /chat/proxy=
/chat/file= /chat/theme/ /chat/gradio_api/component_server/ /chat/monitoring/ /chat/pwa_icon/
/chat/deep_link/ /chat/gradio_api/call/
""".split()
"""What the spellings are appended to, Gradio's routes included."""
