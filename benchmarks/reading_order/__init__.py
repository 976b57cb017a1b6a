"""Reading order: pages whose truth is known, and how right they are read."""
