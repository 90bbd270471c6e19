"""The only door to models: chat, embeddings, the embedded defaults and the deterministic doubles."""
