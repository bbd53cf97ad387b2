"""What each command does, once the call is parsed; imported only when it runs."""
