"""What every block's tests stand on; loaded by pytest as a plugin."""
