"""What the services share: contracts they speak by, programmes they run, the kit they stand on."""
