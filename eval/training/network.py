"""The passage model as torch sees it: MiniLM over question and passage, their mean, one score."""

from pathlib import Path

import torch
from transformers import AutoModel


class PassageNetwork(torch.nn.Module):
    """A cross-encoder with one output.

    Args:
        folder: of the encoder that it starts from.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(str(folder), attn_implementation="eager")
        width = int(self.encoder.config.hidden_size)
        self.dense = torch.nn.Linear(width, width)
        self.drop = torch.nn.Dropout(0.1)
        self.score = torch.nn.Linear(width, 1)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        """Scores, shape (n,), of token ids, mask and types, each of shape (n, length)."""
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        mask = attention_mask.unsqueeze(-1)
        mean = (states * mask).sum(1) / mask.sum(1)
        scores: torch.Tensor = self.score(self.drop(torch.tanh(self.dense(mean)))).squeeze(-1)
        return scores

    def freeze(self) -> None:
        """Keeps word vectors and the first layer as they are: few questions would only bend them."""
        for name, parameter in self.encoder.named_parameters():
            if name.startswith(("embeddings.", "encoder.layer.0.")):
                parameter.requires_grad = False
