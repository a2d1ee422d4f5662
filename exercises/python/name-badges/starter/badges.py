def badge(name):
    return name
