"""The Gradio side of the page: its widgets, and which event does what. Gradio is imported here alone."""

# Annotations are evaluated here: Gradio reads them to see which event data a function takes.

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Response

from assistant.chat.conversation import Conversation
from assistant.chat.page import PANEL, WELCOME, Page
from assistant.chat.queue_full import QueueFull
from assistant.chat.routes import add_routes, asset
from assistant.model import AssistantError
from assistant.service.context import Service
from assistant.service.limits import NotReadyError

if TYPE_CHECKING:
    import gradio

PATH = "/chat"
_ICON = (
    '<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 '
    "viewBox=%220 0 16 16%22%3E%3Crect width=%2216%22 height=%2216%22 rx=%223%22 fill=%22%230b5563%22/%3E"
    "%3Cpath d=%22M5 3H3v10h2M11 3h2v10h-2M6 8h4%22 stroke=%22white%22 stroke-width=%221.6%22 "
    'fill=%22none%22/%3E%3C/svg%3E">'
)
"""A dash between square brackets, as of a citation."""
_PATIENCE = 40
"""How often a page that opens waits for the index, each time as long as the service lets it."""
_PARALLEL = 16
"""Events of one kind that run at once; the service's own gate decides how many questions do."""
_WAITING = 64
"""Events that may wait beside; the next one is told to come again."""
_SESSIONS = 1_000
"""Open pages whose conversations are held; of more, the one unused for longest loses what was said before."""


def mount_chat(app: FastAPI, service: Service) -> None:
    """Serve the chat at ``/chat`` of ``app``; imports Gradio, which takes seconds.

    Args:
        app: has its own CORS policy, which Gradio then follows; its lifespan is run.
        service: what answers and keeps.
    """
    import gradio

    add_routes(app, service, PATH)
    app.add_middleware(QueueFull)
    blocks = Widgets(Page(service)).blocks
    blocks.queue(max_size=_WAITING)
    blocks.state_session_capacity = _SESSIONS
    _add_element(app)
    gradio.mount_gradio_app(
        app,
        blocks,
        path=PATH,
        server_name="127.0.0.1",
        theme=_theme(),
        head=f"{_ICON}<style>{asset('chat.css')}</style><script>{asset('chat.js')}</script>",
        footer_links=[],
        run_history=False,
        mcp_server=False,
        pwa=False,
        show_error=False,
        max_file_size="1kb",
    )


def _add_element(app: FastAPI) -> None:
    """Serve what defines ``<gradio-app>``, under a name that other pages may rely on."""
    import gradio

    script = Path(gradio.__file__).parent / "templates" / "frontend" / "gradio.js"

    def element() -> Response:
        return Response(script.read_bytes(), media_type="text/javascript")

    app.add_api_route(f"{PATH}/gradio.js", element, methods=["GET"], include_in_schema=False)


def _theme() -> "gradio.themes.Base":
    import gradio

    # Of the weights that Gradio ships, these two have Latin letters; the half-bold files have none.
    plex = gradio.themes.LocalFont("IBM Plex Sans", weights=(400, 700))
    fonts: list[gradio.themes.Font | str] = [plex, "system-ui", "sans-serif"]
    neutral = gradio.themes.colors.stone
    return gradio.themes.Base(primary_hue="teal", neutral_hue=neutral, font=fonts, radius_size="sm").set(
        body_background_fill="#faf9f6",
        body_background_fill_dark="#15181b",
        button_primary_background_fill="#0b5563",
        button_primary_background_fill_hover="#094753",
        button_primary_background_fill_dark="#7fc7d3",
        button_primary_background_fill_hover_dark="#9ad5de",
        color_accent="#0b5563",
        color_accent_soft="#e4f0f1",
        color_accent_soft_dark="#1c3338",
        border_color_accent="#0b5563",
        border_color_accent_dark="#7fc7d3",
        body_text_color="#1d2327",
        body_text_color_dark="#e9e6df",
        body_text_color_subdued="#59626a",
        body_text_color_subdued_dark="#a9b0b5",
        input_placeholder_color="#666e75",
        input_placeholder_color_dark="#9aa1a6",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#0d1214",
    )


class Widgets:
    """The widgets of one page and their events.

    Args:
        page: what the events do.
    """

    def __init__(self, page: Page) -> None:
        import gradio as gr

        self._page = page
        self._gr = gr
        with gr.Blocks(title="Ask the review", analytics_enabled=False, fill_width=True) as self.blocks:
            self._header = self._html(page.bare_header, "ra-head")
            self._conversation = gr.State(Conversation())
            self._rated = gr.State((0, True))
            with gr.Row(elem_id="ra-columns"):
                with gr.Column(elem_id="ra-main"), gr.Tabs(elem_id="ra-tabs"):
                    with gr.Tab("Ask"):
                        self._lay_out_chat()
                    with gr.Tab("Studies"):
                        self._studies = self._html("", "ra-studies")
                with gr.Column(elem_id="ra-side"):
                    self._html(PANEL, "ra-panel-box")
            self._wire_asking()
            self._wire_rating()

    def _html(self, value: str, name: str) -> Any:
        """HTML of our own; ``gradio.HTML`` would put it into a template that is evaluated as JavaScript."""
        return self._gr.Markdown(value, elem_id=name, sanitize_html=False, latex_delimiters=[])

    def _lay_out_chat(self) -> None:
        gr = self._gr
        self._review = gr.Dropdown(
            [""], value="", label="Review", visible=False, container=False, elem_id="ra-which"
        )
        self._chat = gr.Chatbot(
            label="Conversation",
            show_label=False,
            container=False,
            height=None,
            elem_id="ra-chat",
            latex_delimiters=[],
            buttons=[],
            layout="panel",
            placeholder=WELCOME,
            group_consecutive_messages=False,
        )
        self._lay_out_comments()
        self._lay_out_question()

    def _lay_out_comments(self) -> None:
        gr = self._gr
        with gr.Column(visible=False, elem_id="ra-comment") as self._comments:
            self._thanks = self._html("", "ra-thanks")
            self._comment = gr.Textbox(
                label="Comment (optional)",
                placeholder="What was right or wrong? (optional)",
                lines=2,
                max_lines=4,
                container=False,
            )
            with gr.Row():
                self._send = gr.Button("Send comment", size="sm")
                self._leave = gr.Button("Close", size="sm")

    def _lay_out_question(self) -> None:
        gr = self._gr
        self._question = gr.Textbox(
            label="Your question",
            placeholder="Ask, follow up or correct",
            lines=1,
            max_lines=6,
            submit_btn="Ask",
            autofocus=True,
            container=False,
            elem_id="ra-question",
        )
        with gr.Row(elem_id="ra-actions"):
            self._edit = gr.Button("Edit last question", size="sm", variant="secondary")
            self._fresh = gr.Button("New conversation", size="sm", variant="secondary")

    # -- asking -------------------------------------------------------------------------------------

    def _wire_asking(self) -> None:
        import gradio as gr

        quiet = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": _PARALLEL}
        shown = [self._chat, self._conversation, self._question]

        def ask_example(
            before: Conversation, review: str, chosen: gr.SelectData
        ) -> Iterator[tuple[Any, ...]]:
            yield from self._ask(chosen.value["text"], before, review)

        def open_page(request: gr.Request) -> Iterator[tuple[Any, ...]]:
            yield from self._open(request.query_params.get("again", ""))

        asked = [self._question, self._conversation, self._review]
        self._question.submit(self._ask, asked, shown, preprocess=False, **quiet)
        self._chat.example_select(ask_example, [self._conversation, self._review], shown, **quiet)
        self._edit.click(self._take_back, [self._conversation], shown, **quiet)
        self._fresh.click(self._start_over, None, [*shown, self._comments], **quiet)
        opened = [self._header, self._studies, self._review, self._chat, self._conversation]
        self.blocks.load(open_page, None, opened, **quiet)

    def _ask(self, question: object, before: Conversation, review: object) -> Iterator[tuple[Any, ...]]:
        for conversation in self._page.ask(_text(question), before, _text(review)):
            yield conversation.messages, conversation, ""

    def _take_back(self, before: Conversation) -> tuple[Any, ...]:
        conversation, question = before.without_last()
        return conversation.messages, conversation, question

    def _start_over(self) -> tuple[Any, ...]:
        return [], Conversation(), "", self._gr.Column(visible=False)

    def _open(self, again: str) -> Iterator[tuple[Any, ...]]:
        """What depends on the corpus, when a page opens; asks a kept answer's questions anew if told to."""
        gr, page = self._gr, self._page
        unchanged = (gr.skip(), gr.skip(), gr.skip(), gr.skip())
        for _ in range(_PATIENCE):
            try:
                examples = [{"text": q, "display_text": q} for q in page.examples]
                which = gr.Dropdown(page.choices, value="", visible=len(page.choices) > 2)
                shown = (gr.Chatbot(examples=examples), gr.skip())  # somebody may have asked meanwhile
                if (found := page.asked_again(again)).turns:
                    shown = (gr.Chatbot(found.messages, examples=examples), found)
                yield page.header, page.studies, which, *shown
                return
            except NotReadyError:  # an index that is built for the first time takes a while
                yield page.bare_header, *unchanged
            except AssistantError as error:
                yield page.unopened(error), *unchanged
                return

    # -- rating -------------------------------------------------------------------------------------

    def _wire_rating(self) -> None:
        import gradio as gr

        quiet = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": _PARALLEL}

        def rate(conversation: Conversation, rated: gr.LikeData) -> tuple[Any, ...]:
            message = rated.index if isinstance(rated.index, int) else rated.index[0]
            liked = rated.liked is True or rated.liked == "Like"
            said = self._page.rate(conversation, message, liked)
            return gr.Column(visible=True), said, "", (message, liked)

        shown = [self._comments, self._thanks, self._comment, self._rated]
        self._chat.like(rate, [self._conversation], shown, **quiet)
        comment = [self._conversation, self._rated, self._comment]
        for event in (self._send.click, self._comment.submit):
            event(self._keep_comment, comment, [self._thanks, self._comment], preprocess=False, **quiet)
        self._leave.click(lambda: gr.Column(visible=False), None, [self._comments], **quiet)

    def _keep_comment(
        self, conversation: Conversation, rated: tuple[int, bool], comment: object
    ) -> tuple[str, str]:
        if not _text(comment).strip():
            return '<p class="ra-kept" role="alert">The comment is empty.</p>', ""
        message, liked = rated
        return self._page.rate(conversation, message, liked, _text(comment)), ""


def _text(sent: object) -> str:
    """What was sent where that is text, else "".

    Events that take text have ``preprocess=False``: a text box of Gradio makes text of whatever is sent, of
    what looks like a file with the working directory in it.
    """
    return sent if isinstance(sent, str) else ""
