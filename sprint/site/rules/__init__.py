"""What the pages of several features decide before they show: pure."""
