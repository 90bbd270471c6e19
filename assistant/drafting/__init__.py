"""Facts to a draft whose every figure is locked to a fact or a citation."""
