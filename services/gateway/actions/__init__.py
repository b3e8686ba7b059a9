"""What the door does with a request: admit its caller, carry it to a service, answer what it refuses itself."""
