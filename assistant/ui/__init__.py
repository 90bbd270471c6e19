"""The page: Gradio and FastAPI, nowhere else. It calls `service` only."""
