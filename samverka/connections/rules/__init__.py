"""What an app may ask for and be given, who it can be, how long it lasts. Pure."""
