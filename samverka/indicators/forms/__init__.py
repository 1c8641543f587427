"""What is asked of the figures, and what is written about them."""
