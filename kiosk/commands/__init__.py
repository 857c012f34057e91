"""What stands behind the `kiosk` command: each long job in a module of its own."""
