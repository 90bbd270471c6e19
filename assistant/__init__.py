"""Report drafting assistant: facts in, a draft whose every figure walks back to its source out."""

import os

__version__ = "0.1.0"

# Before any numeric library is loaded: their threads spin while they wait, and on a small machine one busy
# neighbour then costs the model a hundredfold.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Nothing leaves this machine unless an endpoint is configured: libraries that would report are told not to,
# whatever the surroundings say.
for _name in ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2"):
    os.environ[_name] = "false"
for _name in ("ANONYMIZED_TELEMETRY", "GRADIO_ANALYTICS_ENABLED"):
    os.environ[_name] = "False"
