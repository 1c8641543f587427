"""What the rooms and the shelf tell, as rows of facts: a fact is made of one thing, and of its person."""
