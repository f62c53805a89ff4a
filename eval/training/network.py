"""The passage model as torch sees it: MiniLM over question and passage, a score of the whole and one of each token."""

from pathlib import Path

import torch
from transformers import AutoModel


class PassageNetwork(torch.nn.Module):
    """A cross-encoder with two heads: does the passage answer, and is it the number at a token that is asked for.

    Args:
        folder: of the encoder that it starts from.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(str(folder), attn_implementation="eager")
        width = int(self.encoder.config.hidden_size)
        self.drop = torch.nn.Dropout(0.1)
        self.dense, self.score = torch.nn.Linear(width, width), torch.nn.Linear(width, 1)
        self.figure_dense, self.figure_score = torch.nn.Linear(width, width), torch.nn.Linear(width, 1)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores, shape (n,), and scores of tokens, shape (n, length), of ids, mask and types, each (n, length)."""
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        mask = attention_mask.unsqueeze(-1)
        mean = (states * mask).sum(1) / mask.sum(1)
        scores: torch.Tensor = self.score(self.drop(torch.tanh(self.dense(mean)))).squeeze(-1)
        hidden = self.drop(torch.tanh(self.figure_dense(states)))
        tokens: torch.Tensor = self.figure_score(hidden).squeeze(-1)
        return scores, tokens

    def freeze(self) -> None:
        """Keeps word vectors as they are: few questions would only bend them."""
        for name, parameter in self.encoder.named_parameters():
            if name.startswith("embeddings."):
                parameter.requires_grad = False
