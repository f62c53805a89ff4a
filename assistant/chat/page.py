"""What the page says and does, apart from its widgets: texts, examples, asking, rating."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from assistant.chat.answers import Sizes
from assistant.chat.card import review_html
from assistant.chat.conversation import Conversation, ask
from assistant.chat.examples import examples
from assistant.chat.markup import escaped
from assistant.chat.studies import studies_html
from assistant.model import AssistantError
from assistant.service.context import Service
from assistant.vocabulary.vocabulary import load_vocabulary

ALL_REVIEWS = "All reviews"
_MOST_EXAMPLES = 6

_HEADER = (
    '<header class="ra-header"><h1>Ask the review</h1><a class="ra-quiet" href="../check">Check a text</a>'
    '<button type="button" id="ra-theme" class="ra-quiet">Light or dark</button>{}</header>'
)
WELCOME = (
    '<div class="ra-welcome"><p class="ra-welcome-head">What do you want to know?</p>'
    "<p>Every figure comes with the sentence or the table cell it stands in. "
    "Where the review is silent, you are told so.</p></div>"
)
PANEL = (
    '<aside id="ra-panel" aria-label="Evidence"><div class="ra-bar"><span class="ra-label">Evidence</span>'
    '<span class="ra-bar-tools"><a id="ra-panel-page" href="" target="_blank" hidden>Open as a page</a>'
    '<button type="button" id="ra-panel-close" class="ra-quiet" hidden>Back to the answer</button>'
    "</span></div>"
    '<div id="ra-panel-body"><div class="ra-empty"><p>Choose a citation in an answer, and the study '
    "and the very sentence or table cell appear here.</p></div></div>"
    '<div id="ra-said" class="ra-vh" role="status"></div></aside>'
)
_THANKS = {
    True: "Thank you. Your comment is kept with the answer.",
    False: "Thank you, your rating is kept. You may add what was right or wrong.",
}


class Page:
    """What the events of the page do; knows the service, not the widgets.

    Args:
        service: what answers and keeps.
    """

    def __init__(self, service: Service) -> None:
        self.service = service
        self._vocabulary = load_vocabulary()

    @cached_property
    def _sizes(self) -> Sizes:
        return Sizes.of(self.service.reviews, self._vocabulary)

    @cached_property
    def studies(self) -> str:
        """The picture and the table of all studies."""
        return studies_html(self.service.reviews, self._vocabulary)

    @cached_property
    def header(self) -> str:
        """The head of the page; names the review where there is one."""
        reviews = self.service.reviews
        about = review_html(reviews[0]) if len(reviews) == 1 else f"{len(reviews)} reviews"
        return _HEADER.format(f'<p class="ra-review">{about}</p>')

    @property
    def bare_header(self) -> str:
        """The head of the page while the corpus is still being read."""
        return _HEADER.format('<p class="ra-review">The review is being opened …</p>')

    def unopened(self, error: AssistantError) -> str:
        """The head of the page where the corpus cannot be read."""
        text = f"{escaped(error.message)} {escaped(error.remedy)}"
        return _HEADER.format(f'<p class="ra-review ra-error" role="alert">{text}</p>')

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        """Title and id of each review, after the choice of all of them."""
        return [(ALL_REVIEWS, ""), *((r.title, r.id) for r in self.service.reviews)]

    @cached_property
    def examples(self) -> list[str]:
        """Questions to begin with, in turn from each review."""
        made = [examples(r, self._vocabulary) for r in self.service.reviews]
        rows = [own[k] for k in range(max(map(len, made))) for own in made if k < len(own)]
        return [e.question for e in rows[:_MOST_EXAMPLES]]

    def ask(self, question: str, before: Conversation, review: str | None) -> Iterator[Conversation]:
        """The conversation while the answer comes; as it was where nothing was asked."""
        if not question.strip():
            yield before
            return
        yield from ask(self.service, lambda: self._sizes, before, question, review or None)

    def asked_again(self, id: str) -> Conversation:
        """The conversation of a kept answer, asked anew; an empty one where there is none of that id."""
        found = Conversation()
        try:
            kept = self.service.kept(id)
        except AssistantError:
            return found
        for question in kept.turns:
            *_, found = self.ask(question, found, kept.review)
        return found

    def rate(self, conversation: Conversation, message: int, liked: bool, comment: str = "") -> str:
        """What is said after a rating was kept, or could not be."""
        try:
            self.service.rate(conversation.answer_at(message), liked, comment)
        except AssistantError as error:
            return f'<p class="ra-kept" role="alert">{escaped(error.message)} {escaped(error.remedy)}</p>'
        return f'<p class="ra-kept" role="status">{_THANKS[bool(comment)]}</p>'
