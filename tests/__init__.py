"""The tests of nianbao, and the builder of the documents they read."""
