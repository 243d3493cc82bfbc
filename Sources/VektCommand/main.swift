print("vekt")
