"""How whole documents of many kinds are told apart into what they say and what they only consist of."""
