"""Files → readings: the queue, the processes and machines they are read on, and what is kept of them."""
