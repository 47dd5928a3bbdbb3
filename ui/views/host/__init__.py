"""What hosts see: their offers, the people who apply, their placements and their organisation."""
