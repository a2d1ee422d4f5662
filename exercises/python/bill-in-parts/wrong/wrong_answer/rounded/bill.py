# Rounds every part, so that they don't add up.
def parts(cents, people):
    return [round(cents / people)] * people if people else []
