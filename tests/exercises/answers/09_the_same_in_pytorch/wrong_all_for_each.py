# loses 09-dataset-tests: converts everything for each item, with NumPy
# told: you convert all pictures at once

# %% grade_id="09-dataset"
class PictureData(Dataset):
    def __init__(self, pictures, labels):
        self.pictures, self.labels = pictures, labels

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        pictures = (self.pictures / 255).astype(np.float32)
        return torch.tensor(pictures[i]).permute(2, 0, 1), self.labels[i]

pictures_of_data, labels_of_data = dataset_functions(PictureData)  # for the checks
